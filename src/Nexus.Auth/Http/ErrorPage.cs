namespace Nexus.Auth.Http;

/// <summary>The page that explains each error, for <c>error_uri</c>.</summary>
internal static class ErrorPage
{
    public const string Path = "/oauth/errors";

    public static IReadOnlyDictionary<string, string> Meanings { get; } = new Dictionary<string, string>
    {
        ["invalid_request"] = "A parameter is missing, repeated, overlong, or can't be read. Mend the request; sending it again won't help.",
        ["invalid_client"] = "The client isn't registered, or proved itself in another way than it registered. Register again, or check token_endpoint_auth_method and the secret.",
        ["invalid_grant"] = "The code or refresh token is used up, expired, revoked, or another client's. Start a new authorization.",
        ["invalid_scope"] = "A scope is unknown, or none of those asked for can be granted. See scopes_supported in the metadata.",
        ["invalid_target"] = "The resource isn't one of this server's. See protected_resources in the metadata.",
        ["invalid_token"] = "The bearer token is missing, of another kind, expired or revoked. Refresh it, or authorize again.",
        ["invalid_redirect_uri"] = "A redirect URI can't be registered: it must be https, http on localhost, or a native app's own scheme.",
        ["invalid_client_metadata"] = "A member of the registration can't be accepted; the description names it.",
        ["unauthorized_client"] = "The client isn't registered for this grant type or endpoint.",
        ["unsupported_grant_type"] = "This server has the grants of grant_types_supported in its metadata.",
        ["unsupported_response_type"] = "This server has response_type=code.",
        ["request_not_supported"] = "Request objects are not taken. Send the parameters themselves.",
        ["request_uri_not_supported"] = "Requests by reference are not taken. Send the parameters themselves.",
        ["authorization_pending"] = "The person hasn't answered the device yet. Ask again after the interval.",
        ["slow_down"] = "The device asks too often. Wait five seconds longer between two questions.",
        ["expired_token"] = "The device's code has expired. Start again with a new one.",
        ["access_denied"] = "The person said no, or may not do this.",
        ["login_required"] = "The person has to sign in, and prompt=none forbids to ask.",
        ["consent_required"] = "The person has to consent, and prompt=none forbids to ask.",
        ["temporarily_unavailable"] = "Too many requests from this address. Wait as long as Retry-After says.",
    };

    public static string UrlOf(string error, AuthAddresses addresses) => $"{addresses.UrlOf(Path)}#{error}";
}
