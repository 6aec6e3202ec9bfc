using System.Security.Cryptography;
using System.Text;

namespace Nexus.Core.Audit;

/// <summary>What binds a record to the one before it. Texts are written with their length, so that no two records read alike.</summary>
internal static class AuditHash
{
    private const string Form = "nexus audit 1";

    public static string Of(AuditRecord record, string before)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(Form);
        writer.Write(before);
        writer.Write(record.Sequence);
        Write(writer, record.Id);
        writer.Write(record.At.UtcTicks);
        Write(writer, record.OrganizationId);
        Write(writer, record.UserId);
        writer.Write(record.ClientId);
        writer.Write(record.TokenId);
        writer.Write(record.Surface);
        writer.Write(record.Operation);
        writer.Write(record.Target is not null);
        writer.Write(record.Target ?? "");
        writer.Write(record.Outcome);
        writer.Write(record.Arguments);
        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }

    private static void Write(BinaryWriter writer, Guid id) => writer.Write(id.ToByteArray(bigEndian: true));
}
