namespace Nexus.Core.Databases.Safety;

/// <summary>Something that the role of a source may do and had better not.</summary>
/// <param name="Code">A stable name, e.g. <c>superuser</c>.</param>
public sealed record RoleWarning(string Code, string Message, string Hint);
