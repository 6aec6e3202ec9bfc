namespace Nexus.Core.Databases.Safety;

/// <summary>A reason why a statement is not run.</summary>
/// <param name="Rule">A stable name, e.g. <c>server-file</c>.</param>
/// <param name="Message">What is refused.</param>
/// <param name="Hint">What to do instead.</param>
/// <param name="Position">Where in the SQL, in characters from 1 as PostgreSQL counts; null where it is the whole.</param>
public sealed record SqlRefusal(string Rule, string Message, string Hint, int? Position);
