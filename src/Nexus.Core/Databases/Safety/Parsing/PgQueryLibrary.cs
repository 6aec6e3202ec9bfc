using System.Runtime.InteropServices;
using System.Text;

namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>libpg_query: PostgreSQL's own scanner and grammar as a library. Its functions are called on <see cref="DeepStack"/> only.</summary>
internal sealed unsafe class PgQueryLibrary
{
    private readonly delegate* unmanaged[Cdecl]<byte*, NativeProtobuf> _scan;
    private readonly delegate* unmanaged[Cdecl]<NativeProtobuf, void> _freeScan;
    private readonly delegate* unmanaged[Cdecl]<byte*, NativeTree> _parse;
    private readonly delegate* unmanaged[Cdecl]<NativeTree, void> _freeTree;
    private readonly delegate* unmanaged[Cdecl]<byte*, NativeProtobuf> _parseProtobuf;
    private readonly delegate* unmanaged[Cdecl]<NativeProtobuf, void> _freeProtobuf;
    private readonly delegate* unmanaged[Cdecl]<NativeBytes, NativeText> _print;
    private readonly delegate* unmanaged[Cdecl]<NativeText, void> _freeText;

    /// <exception cref="EntryPointNotFoundException">The library is another or too old.</exception>
    public PgQueryLibrary(nint library)
    {
        _scan = (delegate* unmanaged[Cdecl]<byte*, NativeProtobuf>)Export("pg_query_scan");
        _freeScan = (delegate* unmanaged[Cdecl]<NativeProtobuf, void>)Export("pg_query_free_scan_result");
        _parse = (delegate* unmanaged[Cdecl]<byte*, NativeTree>)Export("pg_query_parse");
        _freeTree = (delegate* unmanaged[Cdecl]<NativeTree, void>)Export("pg_query_free_parse_result");
        _parseProtobuf = (delegate* unmanaged[Cdecl]<byte*, NativeProtobuf>)Export("pg_query_parse_protobuf");
        _freeProtobuf = (delegate* unmanaged[Cdecl]<NativeProtobuf, void>)Export("pg_query_free_protobuf_parse_result");
        _print = (delegate* unmanaged[Cdecl]<NativeBytes, NativeText>)Export("pg_query_deparse_protobuf");
        _freeText = (delegate* unmanaged[Cdecl]<NativeText, void>)Export("pg_query_free_deparse_result");
        nint Export(string name) => NativeLibrary.GetExport(library, name);
    }

    /// <summary>The tokens, comments among them, as protobuf.</summary>
    public byte[] Scan(SqlText sql)
    {
        fixed (byte* text = sql.Terminated)
        {
            var result = _scan(text);
            try
            {
                Check(result.Error);
                return Copy(result.Bytes);
            }
            finally
            {
                _freeScan(result);
            }
        }
    }

    /// <summary>The parse tree as JSON.</summary>
    public byte[] Parse(SqlText sql)
    {
        fixed (byte* text = sql.Terminated)
        {
            var result = _parse(text);
            try
            {
                Check(result.Error);
                return MemoryMarshal.CreateReadOnlySpanFromNullTerminated(result.Json).ToArray();
            }
            finally
            {
                _freeTree(result);
            }
        }
    }

    /// <summary>The statement as the parser prints it back from its tree.</summary>
    public string Print(SqlText sql)
    {
        fixed (byte* text = sql.Terminated)
        {
            var tree = _parseProtobuf(text);
            try
            {
                Check(tree.Error);
                return Print(tree.Bytes);
            }
            finally
            {
                _freeProtobuf(tree);
            }
        }
    }

    private string Print(NativeBytes tree)
    {
        var result = _print(tree);
        try
        {
            Check(result.Error);
            return Text(result.Sql);
        }
        finally
        {
            _freeText(result);
        }
    }

    private static void Check(NativeError* error)
    {
        if (error != null) throw new SqlSyntaxException(Text(error->Message), error->Position > 0 ? error->Position : null);
    }

    private static byte[] Copy(NativeBytes bytes) => new ReadOnlySpan<byte>(bytes.Data, checked((int)bytes.Length)).ToArray();

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
