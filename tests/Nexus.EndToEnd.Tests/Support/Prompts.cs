using System.Text.RegularExpressions;

namespace Nexus.EndToEnd.Tests.Support;

/// <summary>How programs in a terminal ask their person to open an address.</summary>
internal static partial class Prompts
{
    /// <summary>Waits until the program has printed an authorization address, one after that which it printed before.</summary>
    public static async Task<Uri> AuthorizeUrlAsync(this OutputLog log, Uri? before = null) =>
        AuthorizeUrlIn(await log.WaitForAsync(line => AuthorizeUrlIn(line) is { } address && address != before, "the address to open"))!;

    public static Uri? AuthorizeUrlIn(string line) => AuthorizeUrl().Match(line) is { Success: true } match ? new(match.Value) : null;

    [GeneratedRegex(@"http://\S+/oauth/authorize\?\S+")]
    private static partial Regex AuthorizeUrl();
}
