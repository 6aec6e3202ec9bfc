namespace Nexus.Core.Sources.Frameworks;

/// <summary>A package manager of Node: its commands, by the lock file that shows it.</summary>
internal sealed record NodePackages(string Name, string? Enable, string Files, string Install, string Run, string Start, string Prune)
{
    public static NodePackages Of(SourceTree source)
    {
        if (source.Has("pnpm-lock.yaml"))
            return new("pnpm", "corepack enable pnpm", "package.json pnpm-lock.yaml", "pnpm install --frozen-lockfile", "pnpm run", "pnpm start", "CI=true pnpm prune --prod");
        if (source.Has("yarn.lock"))
            // Yarn 1 has --frozen-lockfile, later ones --immutable; the later ones understand the former.
            return new("yarn", "corepack enable yarn", "package.json yarn.lock", "yarn install --frozen-lockfile", "yarn run", "yarn start", "yarn install --production --frozen-lockfile || true");
        var isLocked = source.Has("package-lock.json");
        return new(
            "npm", null, isLocked ? "package.json package-lock.json" : "package.json", isLocked ? "npm ci" : "npm install",
            "npm run", "npm start", "npm prune --omit=dev");
    }
}
