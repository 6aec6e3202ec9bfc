using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nexus.Core.Databases.Queries;

/// <summary>Writes rows as JSON, as many as fit into an answer.</summary>
internal static class RowsAsJson
{
    private static readonly ColumnType Unknown = new("unknown", ValueKind.Text);
    private static readonly JsonWriterOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    public static QueryResult Write(RowsRead rows, IReadOnlyDictionary<uint, ColumnType> found, TimeSpan duration, bool writes)
    {
        ColumnType[] types = [.. rows.Columns.Select(column => ColumnType.Find(column.TypeOid) ?? found.GetValueOrDefault(column.TypeOid, Unknown))];
        var (json, count) = Write(rows, types);
        return new(
            [.. rows.Columns.Zip(types, (column, type) => new QueryColumn(column.Name, type.Name))],
            json,
            count,
            rows.Truncated || count < rows.Count,
            Math.Round(duration.TotalMilliseconds, 1),
            writes && rows.Affected >= 0 ? rows.Affected : null);
    }

    private static (JsonElement Rows, int Count) Write(RowsRead rows, ColumnType[] types)
    {
        var (bytes, row) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        using var json = new Utf8JsonWriter(row, Legible);
        var count = 0;
        bytes.Write("["u8);
        foreach (var values in rows.Values.All().Chunk(Math.Max(1, types.Length)))
        {
            row.ResetWrittenCount();
            json.Reset(row);
            WriteRow(json, values, types);
            if (bytes.WrittenCount + row.WrittenCount > QueryLimits.MostBytes) break;
            if (count++ > 0) bytes.Write(","u8);
            bytes.Write(row.WrittenSpan);
        }

        bytes.Write("]"u8);
        using var document = JsonDocument.Parse(bytes.WrittenMemory, Deep);
        return (document.RootElement.Clone(), count);
    }

    private static void WriteRow(Utf8JsonWriter json, RawValue[] values, ColumnType[] types)
    {
        json.WriteStartArray();
        foreach (var (value, type) in values.Zip(types))
        {
            if (value.IsNull) json.WriteNullValue();
            else ValueWriter.Write(json, value.Text.Span, type);
        }

        json.WriteEndArray();
        json.Flush();
    }
}
