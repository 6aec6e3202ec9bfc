using Nexus.Core.Access;
using static OpenIddict.Abstractions.OpenIddictConstants.Scopes;

namespace Nexus.Auth.Authorization;

/// <summary>The words and the fields of the consent page.</summary>
internal static class ConsentQuestion
{
    public const string DecisionField = "decision";
    public const string ScopeField = "granted";
    public const string AntiforgeryField = "__RequestVerificationToken";

    public static bool IsOwnField(string name) => name is DecisionField or ScopeField or AntiforgeryField;

    /// <summary>Whether the person may leave the scope out. Not those without which the answer would be of another kind.</summary>
    public static bool CanBeUnticked(string scope) => scope is not OpenId and not OfflineAccess;

    /// <summary>What is granted of the scopes that were asked for, when these were left ticked.</summary>
    public static IReadOnlyList<string> Granted(IReadOnlyList<string> asked, IReadOnlyList<string> ticked) =>
        [.. asked.Where(scope => ticked.Contains(scope) || !CanBeUnticked(scope))];

    /// <summary>What the client could do with the scope.</summary>
    public static string Describe(string scope) => scope switch
    {
        OpenId => "Recognise you when you come back",
        Profile => "See your name",
        Email => "See your e-mail address",
        OfflineAccess => "Stay connected while you are away",
        _ => Scopes.Descriptions[scope],
    };
}
