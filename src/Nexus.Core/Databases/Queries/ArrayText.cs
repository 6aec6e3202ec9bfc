namespace Nexus.Core.Databases.Queries;

/// <summary>Reads the text of an array, as PostgreSQL writes it (Array Input and Output Syntax): <c>{1,"a b",NULL,{…}}</c>.</summary>
internal ref struct ArrayText(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    public ArrayToken Next(out byte[] value)
    {
        value = [];
        SkipBoundsAndCommas();
        if (_at >= _text.Length) return ArrayToken.End;
        switch (_text[_at])
        {
            case (byte)'{':
                _at++;
                return ArrayToken.Open;
            case (byte)'}':
                _at++;
                return ArrayToken.Close;
            case (byte)'"':
                _at++;
                value = Quoted();
                return ArrayToken.Value;
            default:
                value = Bare();
                return value.AsSpan().SequenceEqual("NULL"u8) ? ArrayToken.Null : ArrayToken.Value;
        }
    }

    private void SkipBoundsAndCommas()
    {
        if (_at == 0 && _text.Length > 0 && _text[0] == '[') _at = Math.Max(0, _text.IndexOf((byte)'{'));
        if (_at < _text.Length && _text[_at] == ',') _at++;
    }

    private byte[] Quoted()
    {
        var bytes = new MemoryStream();
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] == '\\') _at++;
            if (_at < _text.Length) bytes.WriteByte(_text[_at++]);
        }

        _at++;
        return bytes.ToArray();
    }

    private byte[] Bare()
    {
        var rest = _text[_at..];
        var end = rest.IndexOfAny(",}"u8);
        var bare = end < 0 ? rest : rest[..end];
        _at += bare.Length;
        return bare.ToArray();
    }
}

/// <summary>A piece of an array's text.</summary>
internal enum ArrayToken
{
    Open,
    Close,
    Value,
    Null,
    End,
}
