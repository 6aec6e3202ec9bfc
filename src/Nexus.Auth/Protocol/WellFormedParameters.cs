using Microsoft.AspNetCore;
using Nexus.Auth.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>Refuses authorization requests with repeated or overlong parameters (OAuth 2.1 §4.1.1), by way of the client where it is known.</summary>
internal sealed class WellFormedParameters : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseSingletonHandler<WellFormedParameters>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateRequestParameter.Descriptor.Order - 500)
            .Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        var problem = ParameterRules.ProblemOf(request.HasFormContentType ? request.Form : request.Query);
        if (problem is not null) context.Reject(OpenIddictConstants.Errors.InvalidRequest, problem);
        return ValueTask.CompletedTask;
    }
}
