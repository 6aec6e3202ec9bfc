using Microsoft.AspNetCore.Http;

namespace Nexus.Auth.Http;

/// <summary>
/// Gives requests the server's configured address, whatever their Host header says and whatever a proxy left of the scheme:
/// nothing that leaves the authorization server can then follow from what a stranger wrote, and cookies are secure where they must be.
/// </summary>
internal sealed class PinnedAddress(RequestDelegate next, AuthAddresses addresses)
{
    private readonly HostString _host = new(addresses.Origin.Authority);

    public Task InvokeAsync(HttpContext context)
    {
        context.Request.Scheme = addresses.Origin.Scheme;
        context.Request.Host = _host;
        return next(context);
    }
}
