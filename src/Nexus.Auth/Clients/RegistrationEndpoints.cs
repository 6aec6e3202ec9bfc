using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nexus.Auth.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Nexus.Auth.Clients;

/// <summary>Dynamic client registration (RFC 7591) and its management (RFC 7592).</summary>
internal static class RegistrationEndpoints
{
    private const string Managed = AuthPaths.Register + "/{clientId}";

    public static void Map(IEndpointRouteBuilder endpoints, AuthAddresses addresses)
    {
        var group = endpoints.MapGroup("").AddEndpointFilter((context, next) => OAuthErrors.AnswerAsync(context, next, addresses));
        group.MapPost(AuthPaths.Register, RegisterAsync);
        group.MapPost(AuthPaths.RegisterAlias, RegisterAsync);
        group.MapGet(Managed, ReadAsync);
        group.MapPut(Managed, ReplaceAsync);
        group.MapDelete(Managed, DeleteAsync);
    }

    private static async Task<IResult> RegisterAsync(
        HttpRequest request, AddressLimits limits, RegistrationRules rules, ClientRegistry registry, CancellationToken cancellationToken)
    {
        if (limits.Registrations.Refuses(request.HttpContext))
            throw new OAuthException(
                Errors.TemporarilyUnavailable, "too many registrations from this address; try again in a minute",
                StatusCodes.Status429TooManyRequests);

        var metadata = rules.Read(await JsonBody.ReadAsync(request, cancellationToken));
        var registered = await registry.RegisterAsync(metadata, cancellationToken);
        return Results.Json(registered.With(metadata), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReadAsync(
        string clientId, HttpRequest request, ClientDirectory clients, ClientRegistry registry, CancellationToken cancellationToken)
    {
        var (client, token) = await AuthorizeAsync(clientId, request, clients, cancellationToken);
        var answer = new RegistrationResponse(client.ClientId!, client.CreatedAt, null, token, registry.UriOf(client));
        return Results.Json(answer.With(client.MetadataOf()));
    }

    private static async Task<IResult> ReplaceAsync(
        string clientId, HttpRequest request, ClientDirectory clients, RegistrationRules rules, ClientRegistry registry,
        CancellationToken cancellationToken)
    {
        var (client, token) = await AuthorizeAsync(clientId, request, clients, cancellationToken);
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (new MetadataReader(body).Text("client_id") is { } named && named != client.ClientId)
            throw MetadataReader.Problem("client_id", "is not the one of this registration");

        var metadata = rules.Read(body);
        var replaced = await registry.ReplaceAsync(client, metadata, token, cancellationToken);
        return Results.Json(replaced.With(metadata));
    }

    private static async Task<IResult> DeleteAsync(
        string clientId, HttpRequest request, ClientDirectory clients, ClientRegistry registry,
        CancellationToken cancellationToken)
    {
        var (client, _) = await AuthorizeAsync(clientId, request, clients, cancellationToken);
        await registry.DeleteAsync(client, cancellationToken);
        return Results.NoContent();
    }

    // RFC 7592 §2: a missing client is as a wrong token, so that nobody learns which clients exist.
    private static async Task<(OAuthClient Client, string Token)> AuthorizeAsync(
        string clientId, HttpRequest request, ClientDirectory clients, CancellationToken cancellationToken)
    {
        if (BearerToken.Of(request) is { } token &&
            await clients.FindAsync(clientId, cancellationToken) is { } client &&
            ClientRegistry.IsRegistrationToken(client, token))
        {
            return (client, token);
        }

        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        throw new OAuthException(
            Errors.InvalidToken, "send the registration_access_token of this client as the bearer token",
            StatusCodes.Status401Unauthorized);
    }
}
