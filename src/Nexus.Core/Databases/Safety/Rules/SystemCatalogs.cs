using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>PostgreSQL's own tables are not written to (<c>pg_settings</c> changes settings so), and those that hold secrets aren't read.</summary>
internal sealed class SystemCatalogs : ISqlRule
{
    private static readonly HashSet<string> Secret = new(StringComparer.Ordinal)
    {
        "pg_authid", "pg_shadow", "pg_user_mapping", "pg_user_mappings", "pg_largeobject", "pg_largeobject_metadata", "pg_subscription",
        "pg_hba_file_rules", "pg_ident_file_mappings", "pg_file_settings", "pg_config", "pg_foreign_server", "pg_backend_memory_contexts",
    };

    private static readonly HashSet<string> Schemas = new(StringComparer.Ordinal) { "pg_catalog", "information_schema", "pg_toast" };

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        from node in sql.Tree.Of("RangeVar")
        let name = node.Text("relname") ?? ""
        let schema = node.Text("schemaname")
        let refusal = Relations.IsWritten(node) && IsSystem(schema, name)
            ? sql.Refuse(node, "system-catalog", $"Changing {name}, a part of PostgreSQL's own catalog, is not allowed.", "Use DDL such as ALTER TABLE.")
            : Secret.Contains(name) && schema is null or "pg_catalog"
                ? sql.Refuse(node, "system-catalog", $"Reading {name} is not allowed: it holds secrets or server files.", "Ask the database's administrator for what you need of it.")
                : null
        where refusal is not null
        select refusal;

    private static bool IsSystem(string? schema, string name) =>
        schema is null ? name.StartsWith("pg_", StringComparison.Ordinal) : Schemas.Contains(schema) || schema.StartsWith("pg_toast", StringComparison.Ordinal);
}
