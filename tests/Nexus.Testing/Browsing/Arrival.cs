using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Nexus.Testing;

/// <summary>Waiting until a page is somewhere.</summary>
public static class Arrival
{
    /// <summary>
    /// Waits until the page's address ends so, before its query. Its load event is not waited for: the client of Playwright for .NET
    /// can miss that one on a busy machine, and who looks for something on the page waits for it anyway.
    /// </summary>
    public static Task ArrivesAtAsync(this IPage page, string end) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(end) + "($|\\?)"), new() { Timeout = 15_000 });
}
