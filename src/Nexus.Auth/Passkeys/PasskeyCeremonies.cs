using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Nexus.Auth.Accounts;
using Nexus.Auth.Auditing;

namespace Nexus.Auth.Passkeys;

/// <summary>Adds passkeys and signs in with them (Web Authentication §7); Identity judges what authenticators say.</summary>
internal sealed class PasskeyCeremonies(
    IPasskeyHandler<Account> handler, UserManager<Account> accounts, PasskeyChallenge challenge, AuthAudit audit,
    IHttpContextAccessor http)
{
    public const int MostPasskeys = 20;

    private const string Adding = "add";
    private const string SigningIn = "sign-in";

    private HttpContext Context => http.HttpContext!;

    /// <summary>What to give <c>navigator.credentials.create()</c>.</summary>
    public async Task<string> BeginAddingAsync(Account account)
    {
        var person = new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email!, DisplayName = account.Name };
        var options = await handler.MakeCreationOptionsAsync(person, Context);
        await challenge.KeepAsync(Adding, options.AttestationState!);
        return options.CreationOptionsJson;
    }

    /// <summary>False when the answer is no good, too late, or for somebody else.</summary>
    public async Task<bool> AddAsync(Account account, string credential, string name)
    {
        if (await challenge.TakeAsync(Adding) is not { } state) return false;
        var result = await handler.PerformAttestationAsync(new() { HttpContext = Context, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != account.Id.ToString()) return false;
        if ((await accounts.GetPasskeysAsync(account)).Count >= MostPasskeys) return false;

        result.Passkey.Name = name;
        if (!(await accounts.AddOrUpdatePasskeyAsync(account, result.Passkey)).Succeeded) return false;
        await audit.WriteAsync(
            new(AuthEvent.AddPasskey) { AccountId = account.Id, Details = new Dictionary<string, object?> { ["name"] = name } }, Context.RequestAborted);
        return true;
    }

    public async Task RemoveAsync(Account account, UserPasskeyInfo passkey)
    {
        await accounts.RemovePasskeyAsync(account, passkey.CredentialId);
        await audit.WriteAsync(
            new(AuthEvent.RemovePasskey) { AccountId = account.Id, Details = new Dictionary<string, object?> { ["name"] = passkey.Name } },
            Context.RequestAborted);
    }

    /// <summary>What to give <c>navigator.credentials.get()</c>. It names no account, so it says of none that it exists.</summary>
    public async Task<string> BeginSignInAsync()
    {
        var options = await handler.MakeRequestOptionsAsync(user: null, Context);
        await challenge.KeepAsync(SigningIn, options.AssertionState!);
        return options.RequestOptionsJson;
    }

    /// <summary>Whose passkey it is; null when the answer is no good or too late.</summary>
    public async Task<Account?> SignInAsync(string credential)
    {
        if (await challenge.TakeAsync(SigningIn) is not { } state) return null;
        var result = await handler.PerformAssertionAsync(new() { HttpContext = Context, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded)
        {
            await audit.WriteAsync(new(AuthEvent.SignIn) { Refusal = "INVALID_PASSKEY" }, Context.RequestAborted);
            return null;
        }

        await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey); // Its counter has moved on.
        return result.User;
    }
}
