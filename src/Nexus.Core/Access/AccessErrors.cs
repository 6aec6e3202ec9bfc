namespace Nexus.Core.Access;

/// <summary>The refusals of <see cref="AccessPolicy"/>, in one place so that every surface says the same.</summary>
public static class AccessErrors
{
    public const string MissingScopeCode = "MISSING_SCOPE";
    public const string PermissionDeniedCode = "PERMISSION_DENIED";

    /// <summary>Where the refusal's data names the scope.</summary>
    public const string ScopeKey = "scope";

    public static NexusException MissingScope(string scope) => new(
        MissingScopeCode,
        $"Missing required scope: {scope}",
        $"Authorize again and ask for the scope {scope}, or let the person allow it at the consent page.")
    { Data = { [ScopeKey] = scope } };

    public static NexusException PermissionDenied(Role role, Permission permission) => new(
        PermissionDeniedCode,
        $"The role {role} does not have the permission {permission}.",
        "Ask an Owner or Admin of the organisation for a role that has it.");
}
