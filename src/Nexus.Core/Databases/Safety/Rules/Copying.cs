using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>COPY reads and writes the server's files and runs its programs; the rest of it needs a stream that isn't here.</summary>
internal sealed class Copying : ISqlRule
{
    public IEnumerable<SqlRefusal> Check(ParsedSql sql) => sql.Tree.Of("CopyStmt").Select(node => node switch
    {
        _ when node.Flag("is_program") => sql.Refuse(node, "server-program", "COPY with PROGRAM runs a program on the database server and is not allowed.", "Use SELECT or INSERT."),
        _ when node.Has("filename") => sql.Refuse(node, "server-file", "COPY with a file of the database server is not allowed.", "Use SELECT or INSERT."),
        _ => sql.Refuse(node, "copy", "COPY is not allowed.", "Use SELECT to read rows and INSERT to write them."),
    });
}
