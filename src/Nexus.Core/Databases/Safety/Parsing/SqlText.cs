using System.Text;

namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>SQL as the parser takes it: UTF-8 with a NUL after it and none in it.</summary>
internal sealed class SqlText
{
    private const int Page = 1024;
    private readonly Lazy<int[]> _charactersBefore;

    private SqlText(byte[] terminated)
    {
        Terminated = terminated;
        _charactersBefore = new(CharactersBefore);
    }

    public byte[] Terminated { get; }

    public ReadOnlySpan<byte> Bytes => Terminated.AsSpan(0, Terminated.Length - 1);

    public static SqlText Of(string sql)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(sql) + 1];
        Encoding.UTF8.GetBytes(sql, bytes);
        return new(bytes);
    }

    /// <summary>In characters from 1, as PostgreSQL counts them.</summary>
    public int Position(int offset)
    {
        var until = Math.Clamp(offset, 0, Bytes.Length);
        var page = until / Page;
        return 1 + _charactersBefore.Value[page] + Characters(Bytes[(page * Page)..until]);
    }

    /// <summary>The inverse of <see cref="Position"/>.</summary>
    public int Offset(int position)
    {
        var bytes = Bytes;
        for (var offset = 0; offset < bytes.Length; offset++)
        {
            if ((bytes[offset] & 0xC0) != 0x80 && --position == 0) return offset;
        }

        return bytes.Length;
    }

    public string Slice(SqlToken token) => Encoding.UTF8.GetString(Bytes[token.Start..token.End]);

    /// <summary>The same with spaces in place of these tokens, so that every position stays.</summary>
    public SqlText Without(IEnumerable<SqlToken> tokens)
    {
        var bytes = Terminated.ToArray();
        foreach (var token in tokens) bytes.AsSpan(token.Start, token.End - token.Start).Fill((byte)' ');
        return new(bytes);
    }

    private int[] CharactersBefore()
    {
        var before = new int[(Bytes.Length / Page) + 1];
        for (var page = 1; page < before.Length; page++) before[page] = before[page - 1] + Characters(Bytes.Slice((page - 1) * Page, Page));
        return before;
    }

    private static int Characters(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var one in bytes)
        {
            if ((one & 0xC0) != 0x80) count++;
        }

        return count;
    }
}
