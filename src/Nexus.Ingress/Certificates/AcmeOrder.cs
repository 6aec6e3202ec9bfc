using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nexus.Ingress.Certificates;

/// <summary>One order from its beginning to the certificate (RFC 8555 §7.4), proved by HTTP-01.</summary>
internal sealed class AcmeOrder(AcmeSession session, AcmeKey account, TimeProvider time)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>The new private key and the chain, as PEM.</summary>
    /// <param name="domain">The name that it is for.</param>
    /// <param name="show">Has the ingress answer a token with its key authorization.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string> RunAsync(string domain, Func<string, string, Task> show, CancellationToken cancellationToken)
    {
        var order = await session.PostAsync(
            session.Of("newOrder"), new { identifiers = new[] { new { type = "dns", value = domain } } }, cancellationToken);
        var url = order.Location ?? throw new AcmeException("about:blank", "The order has no URL.");
        foreach (var authorization in order.Json.GetProperty("authorizations").EnumerateArray())
            await ProveAsync(authorization.GetString()!, show, cancellationToken);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await UntilAsync(url, "ready", cancellationToken);
        await session.PostAsync(order.Json.GetProperty("finalize").GetString()!, new { csr = Request(domain, key) }, cancellationToken);
        var done = await UntilAsync(url, "valid", cancellationToken);
        var chain = await session.ReadAsync(done.Json.GetProperty("certificate").GetString()!, cancellationToken);
        return $"{key.ExportPkcs8PrivateKeyPem()}\n{chain.Text}";
    }

    private async Task ProveAsync(string url, Func<string, string, Task> show, CancellationToken cancellationToken)
    {
        var authorization = await session.ReadAsync(url, cancellationToken);
        if (authorization.Status == "valid") return;
        var challenge = authorization.Json.GetProperty("challenges").EnumerateArray()
            .FirstOrDefault(challenge => challenge.GetProperty("type").GetString() == "http-01");
        if (challenge.ValueKind == System.Text.Json.JsonValueKind.Undefined)
            throw new AcmeException("about:blank", "The authority offers no http-01 challenge.");
        var token = challenge.GetProperty("token").GetString()!;
        await show(token, account.Authorize(token));
        await session.PostAsync(challenge.GetProperty("url").GetString()!, new { }, cancellationToken);
        await UntilAsync(url, "valid", cancellationToken);
    }

    /// <summary>Asks until the resource has the status, or can't have it any more. The caller limits the time.</summary>
    private async Task<AcmeAnswer> UntilAsync(string url, string wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await session.ReadAsync(url, cancellationToken);
            if (answer.Status == wanted || (wanted == "ready" && answer.Status == "valid")) return answer;
            if (answer.Status is not ("pending" or "processing" or "ready")) throw Failure(answer);
            var wait = answer.RetryAfter ?? AskAgain;
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellationToken);
        }
    }

    private static AcmeException Failure(AcmeAnswer answer)
    {
        var json = answer.Json;
        if (json.TryGetProperty("error", out var error)) return AcmeSession.Problem(error);
        if (json.TryGetProperty("challenges", out var challenges))
            foreach (var challenge in challenges.EnumerateArray())
                if (challenge.TryGetProperty("error", out error)) return AcmeSession.Problem(error);
        return new("about:blank", $"The authority says {answer.Status}.");
    }

    private static string Request(string domain, ECDsa key)
    {
        var request = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(domain);
        request.CertificateExtensions.Add(names.Build());
        return Base64Url.EncodeToString(request.CreateSigningRequest());
    }
}
