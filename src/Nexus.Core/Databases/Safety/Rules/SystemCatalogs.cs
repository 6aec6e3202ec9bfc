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

    /// <summary>In the information schema, which shows the options of servers and users: hosts and passwords.</summary>
    private static readonly HashSet<string> SecretInformation = new(StringComparer.Ordinal)
    {
        "user_mapping_options", "foreign_server_options", "foreign_data_wrapper_options", "foreign_table_options", "_pg_user_mappings", "_pg_foreign_servers",
        "_pg_foreign_data_wrappers", "_pg_foreign_tables",
    };

    private static readonly HashSet<string> Schemas = new(StringComparer.Ordinal) { "pg_catalog", "information_schema", "pg_toast" };

    public IEnumerable<SqlRefusal> Check(ParsedSql sql) =>
        from node in sql.Tree.Of("RangeVar")
        let name = node.Text("relname") ?? ""
        let schema = node.Text("schemaname")
        let refusal = Relations.IsWritten(node) && IsSystem(schema, name)
            ? sql.Refuse(node, "system-catalog", $"Changing {name}, a part of PostgreSQL's own catalog, is not allowed.", "Use DDL such as ALTER TABLE.")
            : IsSecret(schema, name)
                ? sql.Refuse(node, "system-catalog", $"Reading {name} is not allowed: it holds secrets or server files.", "Ask the database's administrator for what you need of it.")
                : null
        where refusal is not null
        select refusal;

    /// <summary>Whether it holds secrets or shows files of the server.</summary>
    public static bool IsSecret(string? schema, string name) =>
        schema == "information_schema" ? SecretInformation.Contains(name) : schema is null or "pg_catalog" && Secret.Contains(name);

    private static bool IsSystem(string? schema, string name) =>
        schema is null ? name.StartsWith("pg_", StringComparison.Ordinal) : Schemas.Contains(schema) || schema.StartsWith("pg_toast", StringComparison.Ordinal);
}
