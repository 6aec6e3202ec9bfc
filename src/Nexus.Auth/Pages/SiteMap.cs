using Microsoft.AspNetCore.Http;
using Nexus.Auth.Sessions;

namespace Nexus.Auth.Pages;

/// <summary>The pages of the site that a person can use.</summary>
internal static class SiteMap
{
    public static IEnumerable<(string Path, string Title)> For(Visitor visitor)
    {
        yield return (AuthPaths.Account, "Account");
        if (visitor.Membership is not null) yield return (AuthPaths.Projects, "Projects");
        if (!visitor.ManagesUsers) yield break;
        yield return (AuthPaths.People, "People");
        yield return (AuthPaths.ServiceAccounts, "Service accounts");
    }

    public static bool IsCurrent(string path, PathString at) => at.StartsWithSegments(path);
}
