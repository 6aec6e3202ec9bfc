namespace Nexus.Auth.Startup;

/// <summary>Something to be done before the first request. Steps run in the order of their registration.</summary>
internal interface IStartupStep
{
    Task RunAsync(CancellationToken cancellationToken);
}
