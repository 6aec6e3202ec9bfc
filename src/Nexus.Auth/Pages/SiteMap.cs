using Microsoft.AspNetCore.Http;
using Nexus.Auth.Sessions;

namespace Nexus.Auth.Pages;

/// <summary>The pages of the site that a person can use.</summary>
internal static class SiteMap
{
    public static IEnumerable<(string Path, string Title)> For(Visitor visitor)
    {
        yield return (AuthPaths.Account, visitor.Account.Name);
    }

    public static bool IsCurrent(string path, PathString at) => at.StartsWithSegments(path);
}
