using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>
/// The <c>resource</c> that a client may ask a token for (RFC 8707): ours or none. Clients that add a slash are understood;
/// from here on the request names our resource as we write it.
/// </summary>
internal sealed class Resources(AuthAddresses addresses) :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor AtAuthorization { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseSingletonHandler<Resources>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateResourceParameter.Descriptor.Order - 500)
            .Build();

    public static OpenIddictServerHandlerDescriptor AtDevice { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateDeviceAuthorizationRequestContext>()
            .UseSingletonHandler<Resources>()
            .SetOrder(OpenIddictServerHandlers.Device.ValidateScopeParameter.Descriptor.Order - 250)
            .Build();

    public static OpenIddictServerHandlerDescriptor AtToken { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<Resources>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateResourceParameter.Descriptor.Order - 500)
            .Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        Judge(context, context.Request);
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        Judge(context, context.Request);
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        Judge(context, context.Request);
        return ValueTask.CompletedTask;
    }

    private void Judge(BaseValidatingContext context, OpenIddictRequest request)
    {
        if (request.Resources is not { IsDefaultOrEmpty: false } asked) return;
        if (asked.All(IsOurs)) request.Resources = [addresses.Resource];
        else context.Reject(
            OpenIddictConstants.Errors.InvalidTarget,
            $"resource is not known to this server; ask for {addresses.Resource} or leave it out");
    }

    // Scheme and host in capitals are the same place (RFC 3986 §6.2.2.1); MCP's authorization pages ask for that much patience.
    private bool IsOurs(string? resource)
    {
        var origin = new Uri(addresses.Resource).GetLeftPart(UriPartial.Authority).Length;
        return resource is not null &&
            resource.Length >= origin &&
            string.Equals(resource[..origin], addresses.Resource[..origin], StringComparison.OrdinalIgnoreCase) &&
            (resource[origin..] == addresses.Resource[origin..] || resource[origin..] == addresses.Resource[origin..] + "/");
    }
}
