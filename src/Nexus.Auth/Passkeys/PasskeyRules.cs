using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Nexus.Auth.Passkeys;

/// <summary>
/// Passkeys are for the issuer's host and origin as configured, never for what a Host header says. They stand for password and
/// second factor together, so the device must have made sure of the person, and they name the account by themselves.
/// </summary>
internal sealed class PasskeyRules(AuthAddresses addresses) : IConfigureOptions<IdentityPasskeyOptions>
{
    public void Configure(IdentityPasskeyOptions options)
    {
        options.ServerDomain = addresses.Origin.Host;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && context.Origin == addresses.Origin.GetLeftPart(UriPartial.Authority));
    }
}
