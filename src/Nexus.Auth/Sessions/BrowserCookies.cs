using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Nexus.Auth.Passkeys;
using Nexus.Auth.TwoFactor;

namespace Nexus.Auth.Sessions;

/// <summary>The cookies of the pages: for this host only, not for scripts, and over TLS alone where the issuer has it.</summary>
internal sealed class BrowserCookies(AuthAddresses addresses) :
    IConfigureNamedOptions<CookieAuthenticationOptions>, IConfigureOptions<AntiforgeryOptions>
{
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name == BrowserSessions.Scheme)
        {
            Configure(options.Cookie, "nexus-session");
            options.Cookie.SameSite = SameSiteMode.Lax; // It must come along when a client sends the browser here.
        }
        else if (name is SecondStep.Scheme or PasskeyChallenge.Scheme)
        {
            Configure(options.Cookie, name);
            options.Cookie.SameSite = SameSiteMode.Strict;
        }
    }

    public void Configure(CookieAuthenticationOptions options)
    {
    }

    public void Configure(AntiforgeryOptions options)
    {
        Configure(options.Cookie, "nexus-form");
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.SuppressXFrameOptionsHeader = true; // PageSecurity sets a stricter one.
    }

    private void Configure(CookieBuilder cookie, string name)
    {
        cookie.Name = addresses.IsHttps ? "__Host-" + name : name;
        cookie.SecurePolicy = addresses.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
    }
}
