namespace Nexus.EndToEnd.Tests.Support;

/// <summary>How a client is to sign in.</summary>
/// <param name="ClientName">The name that it registers with.</param>
/// <param name="OpenBrowser">Called with each authorization address that it wants the person to open.</param>
internal sealed record SignInWish(string ClientName, Func<Uri, Task> OpenBrowser);
