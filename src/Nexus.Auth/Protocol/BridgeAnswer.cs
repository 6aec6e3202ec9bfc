using System.Text.Json.Serialization;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>At the bridge, writes the answer to an authorization request as JSON where a browser would be redirected.</summary>
internal sealed class BridgeAnswer(AuthAddresses addresses) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseSingletonHandler<BridgeAnswer>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessSelfRedirection.Descriptor.Order - 500)
            .Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (!http.Request.Path.Equals(AuthPaths.Bridge, StringComparison.OrdinalIgnoreCase)) return;

        var answer = context.Response;
        var body = new Body(
            answer.Code, answer.Error, answer.ErrorDescription, answer.ErrorUri, context.Request?.State, addresses.Issuer, context.RedirectUri);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = answer.Error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        await http.Response.WriteAsJsonAsync(body, context.CancellationToken);
        context.HandleRequest();
    }

    private sealed record Body(
        [property: JsonPropertyName("code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
        [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error,
        [property: JsonPropertyName("error_description"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
        [property: JsonPropertyName("error_uri"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorUri,
        [property: JsonPropertyName("state"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? State,
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("redirect_uri"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RedirectUri);
}
