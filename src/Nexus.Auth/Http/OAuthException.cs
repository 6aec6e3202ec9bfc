using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Http;

/// <summary>A refusal in OAuth's own shape (RFC 6749 §5.2, RFC 7591 §3.2.2). The description says what to do.</summary>
internal sealed class OAuthException(string error, string description, int status = StatusCodes.Status400BadRequest)
    : Exception(description)
{
    public string Error { get; } = error;

    public int Status { get; } = status;
}
