using System.Runtime.InteropServices;

namespace Nexus.Core.Databases.Safety.Parsing;

// As pg_query.h declares them.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeError
{
    public byte* Message;
    public byte* Function;
    public byte* File;
    public int Line;

    /// <summary>In characters from 1; 0 where unknown.</summary>
    public int Position;
    public byte* Context;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBytes
{
    public nuint Length;
    public byte* Data;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeTree
{
    public byte* Json;
    public byte* Warnings;
    public NativeError* Error;
}

/// <summary>Of a scan (its tokens) and of a parse (its tree), both as protobuf.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeProtobuf
{
    public NativeBytes Bytes;
    public byte* Warnings;
    public NativeError* Error;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeText
{
    public byte* Sql;
    public NativeError* Error;
}
