using Npgsql;

namespace Nexus.Core.Databases.Safety.Catalog;

/// <summary>Asks the database what names mean, in one round trip for all of them. Every name of ours is qualified: the search path is somebody else's.</summary>
internal static class CatalogQueries
{
    /// <summary>The first id of what isn't PostgreSQL's own: <c>FirstNormalObjectId</c>.</summary>
    private const string FirstOfOthers = "16384";

    /// <summary>What is to be known of a function <c>p</c>.</summary>
    private const string Known = $"""
        p.oid, n.nspname::text, p.proname::text, p.provolatile::text, p.prosecdef, o.rolsuper, l.lanname::text, l.lanpltrusted,
        coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc), coalesce(p.probin, ''),
        ARRAY(SELECT b.proname::text FROM pg_catalog.pg_proc b
              WHERE p.oid >= {FirstOfOthers} AND l.lanname = 'internal' AND b.prolang = p.prolang AND b.prosrc = p.prosrc AND b.oid < {FirstOfOthers}),
        ARRAY(SELECT t.typname::text FROM pg_catalog.unnest(p.proargtypes::oid[] || p.prorettype) u(id)
              JOIN pg_catalog.pg_type t ON t.oid = u.id WHERE t.oid >= {FirstOfOthers}),
        CASE WHEN p.oid >= {FirstOfOthers} THEN pg_catalog.pg_get_expr(p.proargdefaults, 0) END
        """;

    private const string Functions = $"""
        SELECT m.ordinality::int4, {Known}
        FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::int4[])) WITH ORDINALITY AS m(schema, name, arguments, ordinality)
        JOIN pg_catalog.pg_proc p ON p.proname::text = m.name
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        JOIN pg_catalog.pg_roles o ON o.oid = p.proowner
        WHERE (n.nspname::text = m.schema OR m.schema IS NULL AND n.nspname = ANY (pg_catalog.current_schemas(true)))
          AND (m.arguments IS NULL OR m.arguments >= p.pronargs - p.pronargdefaults AND (p.provariadic <> 0 OR m.arguments <= p.pronargs))
        """;

    /// <summary>
    /// The functions behind operators, aggregates and casts that aren't PostgreSQL's own. Casts and comparisons need no mention: the
    /// server uses them unasked, in assignments, arguments, CASE, BETWEEN, USING, and in what makes JSON of a value; but a value of
    /// their types must be there, by a type's name or in a table.
    /// </summary>
    private const string Behind = $"""
        WITH theirs AS (SELECT t.oid FROM pg_catalog.pg_type t WHERE t.oid >= {FirstOfOthers} AND t.typname::text = ANY ($3::text[] || $4::text[]))
        SELECT behind.mention, {Known}
        FROM (
          SELECT CASE WHEN op.oprname::text = ANY ($1::text[]) THEN 0 ELSE -1 END AS mention, op.oprcode::oid AS id FROM pg_catalog.pg_operator op
            WHERE op.oid >= {FirstOfOthers} AND op.oprname::text = ANY ($1::text[] || ARRAY['=', '<>', '<', '<=', '>', '>='])
              AND (op.oprleft IN (SELECT oid FROM theirs) OR op.oprright IN (SELECT oid FROM theirs) OR greatest(op.oprleft, op.oprright) < {FirstOfOthers})
          UNION SELECT 0, f.id FROM pg_catalog.pg_aggregate a JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid,
            LATERAL (VALUES (a.aggtransfn::oid), (a.aggfinalfn::oid), (a.aggcombinefn::oid), (a.aggmtransfn::oid), (a.aggminvtransfn::oid), (a.aggmfinalfn::oid)) f(id)
            WHERE p.oid >= {FirstOfOthers} AND p.proname::text = ANY ($2::text[])
          UNION SELECT 0, c.castfunc FROM pg_catalog.pg_cast c JOIN pg_catalog.pg_type t ON t.oid = c.casttarget
            WHERE c.oid >= {FirstOfOthers} AND t.typname::text = ANY ($3::text[])
          UNION SELECT -1, c.castfunc FROM pg_catalog.pg_cast c
            WHERE c.oid >= {FirstOfOthers} AND (c.castcontext = 'i' OR c.castcontext = 'a' AND ($5::boolean[])[1] OR c.casttarget IN ('pg_catalog.json'::pg_catalog.regtype, 'pg_catalog.jsonb'::pg_catalog.regtype))
              AND (c.castsource IN (SELECT oid FROM theirs) OR c.casttarget IN (SELECT oid FROM theirs) OR greatest(c.castsource, c.casttarget) < {FirstOfOthers})
        ) behind
        JOIN pg_catalog.pg_proc p ON p.oid = behind.id
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        JOIN pg_catalog.pg_roles o ON o.oid = p.proowner
        """;

    private const string Relations = """
        SELECT m.ordinality::int4, n.nspname::text, c.relname::text, c.relkind::text,
               CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END,
               (SELECT w.fdwname::text FROM pg_catalog.pg_foreign_table f
                JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE f.ftrelid = c.oid),
               ARRAY(SELECT t.tgname::text FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'D'
                     UNION ALL SELECT r.rulename::text FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type <> '1'),
               ARRAY(SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = c.oid
                     UNION SELECT pg_catalog.pg_get_expr(k.conbin, k.conrelid) FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'
                     UNION SELECT pg_catalog.pg_get_expr(x.expression, i.indrelid) FROM pg_catalog.pg_index i, LATERAL (VALUES (i.indexprs), (i.indpred)) x(expression)
                           WHERE i.indrelid = c.oid AND x.expression IS NOT NULL)
        FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) WITH ORDINALITY AS m(schema, name, ordinality)
        JOIN pg_catalog.pg_class named ON named.relname::text = m.name
        JOIN pg_catalog.pg_namespace space ON space.oid = named.relnamespace
        CROSS JOIN LATERAL (
          WITH RECURSIVE below (id) AS (SELECT named.oid UNION SELECT i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.id) SELECT id FROM below
        ) below
        JOIN pg_catalog.pg_class c ON c.oid = below.id AND (c.oid = named.oid OR c.relkind = 'f')
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE space.nspname::text = m.schema OR m.schema IS NULL AND space.nspname = ANY (pg_catalog.current_schemas(true))
        """;

    /// <summary>Types by name: the checks of domains, and those of the types they are made of that aren't PostgreSQL's own.</summary>
    private const string Types = $"""
        SELECT t.typname::text, t.typname::text = ANY ($1::text[]),
               ARRAY(SELECT pg_catalog.pg_get_expr(k.conbin, 0) FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.conbin IS NOT NULL),
               ARRAY(SELECT p.typname::text FROM pg_catalog.pg_type p WHERE p.oid >= {FirstOfOthers} AND (p.oid IN (t.typelem, t.typbasetype)
                     OR p.oid IN (SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0)
                     OR p.oid IN (SELECT g.rngsubtype FROM pg_catalog.pg_range g WHERE g.rngtypid = t.oid OR g.rngmultitypid = t.oid)))
        FROM pg_catalog.pg_type t WHERE t.typname::text = ANY ($1::text[] || $2::text[])
        """;

    public static async Task<CatalogAnswer> AskAsync(NpgsqlConnection connection, CatalogQuestion question, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        var functions = question.Functions;
        var names = functions.Select(one => one.Name).ToArray();
        batch.BatchCommands.Add(Command(
            Functions, functions.Select(one => one.Schema).ToArray(), names, functions.Select(one => one.IsAttribute ? 1 : one.Arguments).ToArray()));
        batch.BatchCommands.Add(Command(
            Behind, question.Operators.Select(one => one.Name).ToArray(), names, question.Types.Select(one => one.Name).ToArray(),
            question.Touched.ToArray(), new[] { question.IsWriting }));
        batch.BatchCommands.Add(Command(Relations, question.Relations.Select(one => one.Schema).ToArray(), question.Relations.Select(one => one.Name).ToArray()));
        batch.BatchCommands.Add(Command(Types, question.Types.Select(one => one.Name).Concat(names).ToArray(), question.Touched.ToArray()));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var found = await ReadAsync(reader, Function, cancellation);
        found.AddRange(await ReadNextAsync(reader, Function, cancellation));
        var relations = await ReadNextAsync(reader, Relation, cancellation);
        return new(found, relations, await ReadNextAsync(reader, Type, cancellation));
    }

    private static NpgsqlBatchCommand Command(string sql, params Array[] arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return command;
    }

    private static async Task<List<T>> ReadNextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> shape, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        return await ReadAsync(reader, shape, cancellation);
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> shape, CancellationToken cancellation)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation)) rows.Add(shape(reader));
        return rows;
    }

    private static FoundFunction Function(NpgsqlDataReader row) => new(
        row.GetInt32(0) - 1, row.GetFieldValue<uint>(1), row.GetString(2), row.GetString(3), row.GetString(4)[0], row.GetBoolean(5), row.GetBoolean(6),
        row.GetString(7), row.GetBoolean(8), row.GetString(9), row.GetString(10), row.GetFieldValue<string[]>(11), row.GetFieldValue<string[]>(12),
        row.IsDBNull(13) ? null : row.GetString(13));

    private static FoundRelation Relation(NpgsqlDataReader row) => new(
        row.GetInt32(0) - 1, row.GetString(1), row.GetString(2), row.GetString(3)[0], row.IsDBNull(4) ? null : row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.GetFieldValue<string[]>(6), row.GetFieldValue<string[]>(7));

    private static FoundType Type(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetBoolean(1), row.GetFieldValue<string[]>(2), row.GetFieldValue<string[]>(3));
}
