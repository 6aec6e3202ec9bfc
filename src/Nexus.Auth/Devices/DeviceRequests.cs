using Microsoft.AspNetCore;
using Nexus.Auth.Http;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Devices;

/// <summary>Bounds the device authorizations of one address, each of which is kept until it expires, and tells devices how often to ask.</summary>
internal sealed class DeviceRequests(AddressLimits limits, AuthOptions options) :
    IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
    IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor AtRequest { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateDeviceAuthorizationRequestContext>()
            .UseSingletonHandler<DeviceRequests>()
            .SetOrder(OpenIddictServerHandlers.Device.ValidateScopeParameter.Descriptor.Order - 500)
            .Build();

    public static OpenIddictServerHandlerDescriptor AtResponse { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyDeviceAuthorizationResponseContext>()
            .UseSingletonHandler<DeviceRequests>()
            .SetOrder(int.MinValue + 100_000)
            .Build();

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        if (limits.Devices.Refuses(context.Transaction.GetHttpRequest()!.HttpContext))
            context.Reject(Errors.TemporarilyUnavailable, "too many devices are being connected from this address; try again in a minute");
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context)
    {
        if (context.Error is null) context.Response["interval"] = (long)options.Lifetimes.DevicePolling.TotalSeconds;
        return ValueTask.CompletedTask;
    }
}
