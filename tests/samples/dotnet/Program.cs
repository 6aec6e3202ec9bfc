var app = WebApplication.Create(args);
app.MapGet("/", () => "Hello from the .NET sample");
app.Run();
