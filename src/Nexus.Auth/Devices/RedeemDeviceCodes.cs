using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Storage;
using Nexus.Auth.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Devices;

/// <summary>Uses up the code that a person typed in, and later the device's own: each is good for one answer.</summary>
internal sealed class RedeemDeviceCodes(AuthDbContext db, TimeProvider time) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
            .UseScopedHandler<RedeemDeviceCodes>()
            .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order)
            .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        var code = context.EndpointType switch
        {
            OpenIddictServerEndpointType.EndUserVerification => UserCodeOf(context),
            OpenIddictServerEndpointType.Token when context.Request.IsDeviceCodeGrantType() => context.Principal,
            _ => null,
        };
        if (code is null) return;

        Guid[] used = [Guid.Parse(code.GetTokenId()!)];
        if (await new IssuanceStatements(db.Database).RedeemAsync(used, time.GetUtcNow(), context.CancellationToken) == 0)
            context.Reject(Errors.InvalidGrant, "the code was already used");
        else if (context.EndpointType is OpenIddictServerEndpointType.EndUserVerification)
            await NamePersonAsync(Guid.Parse(code.GetAuthorizationId()!), context.Principal!, context.CancellationToken);
    }

    private static ClaimsPrincipal? UserCodeOf(ProcessSignInContext context) =>
        context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)!.UserCodePrincipal;

    // When the device asked, nobody knew whose grant it would be.
    private Task<int> NamePersonAsync(Guid grantId, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        var subject = person.FindFirstValue(Claims.Subject);
        var scopes = JsonSerializer.Serialize(person.GetScopes());
        return db.Grants
            .Where(grant => grant.Id == grantId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(grant => grant.Subject, subject).SetProperty(grant => grant.Scopes, scopes), cancellationToken);
    }
}
