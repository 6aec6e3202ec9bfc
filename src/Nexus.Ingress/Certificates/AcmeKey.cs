using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nexus.Ingress.Certificates;

/// <summary>An account's key, P-256: signs requests (ES256, RFC 7515) and answers challenges.</summary>
internal sealed class AcmeKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create();

    public AcmeKey(byte[] pkcs8)
    {
        _key.ImportPkcs8PrivateKey(pkcs8, out _);
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        // In the order of RFC 7638 §3.2, which the thumbprint is of.
        Jwk = new(StringComparer.Ordinal)
        {
            ["crv"] = "P-256",
            ["kty"] = "EC",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    public SortedDictionary<string, string> Jwk { get; }

    public static byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    /// <summary>RFC 8555 §8.1.</summary>
    public string Authorize(string token) =>
        $"{token}.{Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Jwk)))}";

    /// <param name="header">The protected header.</param>
    /// <param name="payload">Null to read a resource (RFC 8555 §6.3).</param>
    public string Sign(object header, object? payload)
    {
        var head = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header));
        var body = payload is null ? "" : Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(payload));
        var signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256);
        return JsonSerializer.Serialize(new { @protected = head, payload = body, signature = Base64Url.EncodeToString(signature) });
    }

    public void Dispose() => _key.Dispose();
}
