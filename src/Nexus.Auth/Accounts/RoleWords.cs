using Nexus.Core.Access;

namespace Nexus.Auth.Accounts;

/// <summary>Names of roles as people read them.</summary>
internal static class RoleWords
{
    public static string Of(Role role) => string.Concat(role.ToString()
        .Select((letter, i) => i > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : $"{letter}"));
}
