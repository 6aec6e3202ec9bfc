using Microsoft.AspNetCore.Http;
using Nexus.Auth.Protocol;
using OpenIddict.Abstractions;

namespace Nexus.Auth.Pages;

/// <summary>An authorization request that can't be answered to its client by itself.</summary>
/// <param name="Way">Where the person may take the error; null where client or redirect URI are in doubt.</param>
internal sealed record ProblemView(string Error, string Description, OfferedWay? Way)
{
    public static ProblemView Of(OpenIddictResponse response, HttpContext http) =>
        new(response.Error!, response.ErrorDescription ?? "", OfferedWay.Of(http));
}
