using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>Calls a token that isn't for introspection inactive; to be asked about one is no error (RFC 7662 §2.2).</summary>
internal sealed class OtherTokensAreInactive : IOpenIddictServerHandler<ApplyIntrospectionResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyIntrospectionResponseContext>()
            .UseSingletonHandler<OtherTokensAreInactive>()
            .SetOrder(OpenIddictServerHandlers.Introspection.NormalizeErrorResponse.Descriptor.Order - 100)
            .Build();

    public ValueTask HandleAsync(ApplyIntrospectionResponseContext context)
    {
        if (context.Response.Error is OpenIddictConstants.Errors.UnsupportedTokenType)
            context.Response.Error = OpenIddictConstants.Errors.InvalidToken; // Which OpenIddict turns into active=false.
        return ValueTask.CompletedTask;
    }
}
