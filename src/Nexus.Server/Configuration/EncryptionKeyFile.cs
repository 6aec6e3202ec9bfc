using System.Security.Cryptography;

namespace Nexus.Server.Configuration;

/// <summary>The key that protects secrets at rest: <c>ENCRYPTION_KEY</c>, else a file in the data folder, made at first start.</summary>
internal static class EncryptionKeyFile
{
    private const string Setting = "ENCRYPTION_KEY";
    private const string PreviousSetting = "ENCRYPTION_KEY_PREVIOUS";
    private const int KeyBytes = 32;

    public static byte[] Read(SettingValues values, string dataDirectory) =>
        Decode(Setting, values.Text(Setting) ?? ReadOrMake(Path.Combine(dataDirectory, "encryption.key")), values);

    /// <summary>The key before the last change, while what it sealed is sealed anew.</summary>
    public static byte[]? ReadPrevious(SettingValues values) =>
        values.Text(PreviousSetting) is { } text ? Decode(PreviousSetting, text, values) : null;

    private static byte[] Decode(string setting, string text, SettingValues values)
    {
        var key = new byte[KeyBytes + 1];
        if (Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeyBytes) return key[..KeyBytes];
        values.Complain(setting, "is not 32 bytes in base64.", "Make one with: openssl rand -base64 32");
        return new byte[KeyBytes];
    }

    private static string ReadOrMake(string path)
    {
        MakePrivateFolder(Path.GetDirectoryName(path)!);
        try
        {
            using var file = new FileStream(path, ForTheOwnerAlone());
            using var writer = new StreamWriter(file);
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Made at an earlier start.
        }

        return File.ReadAllText(path);
    }

    private static FileStreamOptions ForTheOwnerAlone()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>The folder holds the database and the key: nobody else needs to look in.</summary>
    private static void MakePrivateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
