using Microsoft.AspNetCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Nexus.Auth.Clients.Documents;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>Looks a client up whose ID is the URL of its metadata document, before anything is asked of it.</summary>
internal sealed class KnownDocumentClient(DocumentClients clients) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private static readonly JsonWebTokenHandler Assertions = new();

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .UseScopedHandler<KnownDocumentClient>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientAssertion.Descriptor.Order - 500)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if ((context.ClientId ?? IssuerOf(context.ClientAssertion)) is not { Length: > 0 } clientId) return;

        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (await clients.ProblemOfAsync(clientId, http, context.CancellationToken) is { } problem)
            context.Reject(
                context.EndpointType is OpenIddictServerEndpointType.Authorization ? Errors.InvalidRequest : Errors.InvalidClient, problem);
    }

    // The client's ID may be in the assertion alone (RFC 7521 §4.2).
    private static string? IssuerOf(string? assertion)
    {
        try
        {
            return assertion is not null && Assertions.CanReadToken(assertion) ? new JsonWebToken(assertion).Issuer : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
