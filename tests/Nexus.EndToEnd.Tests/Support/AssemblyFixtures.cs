using Nexus.EndToEnd.Tests.Support;

[assembly: AssemblyFixture(typeof(Shared<Stage>))]
