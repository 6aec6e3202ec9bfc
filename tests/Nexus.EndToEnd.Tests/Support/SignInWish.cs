namespace Nexus.EndToEnd.Tests.Support;

/// <summary>How a client is to sign in.</summary>
/// <param name="ClientName">The name that it registers with.</param>
/// <param name="OpenBrowser">Called with each authorization address that it wants the person to open.</param>
/// <param name="Scopes">What it asks for; without it, what the server proposes.</param>
internal sealed record SignInWish(string ClientName, Func<Uri, Task> OpenBrowser, IReadOnlyList<string>? Scopes = null);
