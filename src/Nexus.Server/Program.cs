using Nexus.Server.Startup;

return await ServerCommand.Create().Parse(args).InvokeAsync();
