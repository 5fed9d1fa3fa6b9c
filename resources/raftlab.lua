-- Wireshark dissector for Raft Lab's wire version 3; main/net/README.md has the byte table.
-- Use: wireshark -X lua_script:resources/raftlab.lua   (any UDP port: it looks at the first bytes)
local raftlab = Proto("raftlab", "Raft Lab")

local kinds = {
  [1] = "RequestVote", [2] = "RequestVote reply", [3] = "AppendEntries", [4] = "AppendEntries reply",
  [5] = "ReadIndex", [6] = "ReadIndex reply", [7] = "forwarded append", [8] = "forwarded append reply",
  [9] = "PreVote", [10] = "PreVote reply", [11] = "InstallSnapshot", [12] = "InstallSnapshot reply",
  [13] = "TimeoutNow", [14] = "client call", [15] = "client call reply", [128] = "hello", [129] = "hello reply", [130] = "fragments held",
}

local f = raftlab.fields
f.version = ProtoField.uint8("raftlab.version", "Version")
f.tag = ProtoField.bytes("raftlab.tag", "Tag (HMAC-SHA256, 16 bytes)")
f.kind = ProtoField.uint8("raftlab.kind", "Kind", base.DEC, kinds)
f.cluster = ProtoField.guid("raftlab.cluster", "Cluster")
f.sender = ProtoField.uint16("raftlab.sender", "Sender")
f.receiver = ProtoField.uint16("raftlab.receiver", "Receiver")
f.boot = ProtoField.uint32("raftlab.boot", "Sender's boot")
f.receiver_boot = ProtoField.uint32("raftlab.receiver_boot", "Receiver's boot, as known")
f.datagram = ProtoField.uint64("raftlab.datagram", "Datagram number")
f.lamport = ProtoField.uint64("raftlab.lamport", "Lamport number")
f.fragment = ProtoField.uint16("raftlab.fragment", "Part")
f.fragments = ProtoField.uint16("raftlab.fragments", "Parts")
f.uuid = ProtoField.guid("raftlab.uuid", "Message uuid")
f.message = ProtoField.uint64("raftlab.message", "Message number")
f.total = ProtoField.uint32("raftlab.total_bytes", "Bytes of the whole body")
f.round = ProtoField.uint64("raftlab.round", "Round")
f.held_count = ProtoField.uint16("raftlab.held.count", "Parts of the message")
f.held_bits = ProtoField.bytes("raftlab.held.bits", "Parts that are there")
f.body = ProtoField.bytes("raftlab.body", "Body (MessagePack)")

-- The fields that stand first in a body, by kind, in their order; what follows them is not taken apart.
local vote = { "term", "round", "lastLogIndex", "lastLogTerm", "transfer" }
local vote_reply = { "term", "round", "storage", "voteGranted" }
local first_fields = {
  [1] = vote, [2] = vote_reply, [9] = vote, [10] = vote_reply,
  [3] = { "term", "round", "prevLogIndex", "prevLogTerm", "leaderCommit" },
  [4] = { "term", "round", "storage", "success", "matchIndex", "conflictTerm", "conflictIndex" },
  [5] = { "term", "round", "mode" }, [6] = { "term", "round", "success", "readIndex" },
  [7] = { "term", "round" }, [8] = { "round" },
  [11] = { "term", "round", "lastIncludedIndex", "lastIncludedTerm" },
  [12] = { "term", "round", "storage", "lastIncludedIndex", "lastIncludedTerm", "nextOffset", "installed" },
  [13] = { "term", "round" },
}
for _, names in pairs(first_fields) do
  for _, name in ipairs(names) do
    if not f[name] then f[name] = ProtoField.uint64("raftlab." .. name, name) end
  end
end

-- A number or a truth value of MessagePack: its value and how many bytes it has; nothing for anything else.
local function read_number(buffer, offset)
  local left = buffer:len() - offset
  if left < 1 then return end
  local first = buffer(offset, 1):uint()
  if first < 0x80 then return first, 1 end
  if first == 0xc2 or first == 0xc3 then return first - 0xc2, 1 end
  local bytes = ({ [0xcc] = 1, [0xcd] = 2, [0xce] = 4, [0xcb] = 8 })[first]
  if not bytes or left < 1 + bytes then return end
  local range = buffer(offset + 1, bytes)
  return bytes == 8 and range:float() or range:uint(), 1 + bytes
end

local function add_first_fields(kind, buffer, offset, tree)
  if buffer:len() <= offset then return end
  -- An array of up to 15 fields; no message has more.
  if math.floor(buffer(offset, 1):uint() / 16) ~= 9 then return end
  offset = offset + 1
  for _, name in ipairs(first_fields[kind] or {}) do
    if offset < buffer:len() and buffer(offset, 1):uint() == 0xc0 then
      -- nil: a capture that was rebuilt from a session does not hold this field.
      offset = offset + 1
    else
      local value, bytes = read_number(buffer, offset)
      if not value then return end
      tree:add(f[name], buffer(offset, bytes), UInt64(value % 2 ^ 32, math.floor(value / 2 ^ 32)))
      offset = offset + bytes
    end
  end
end

local header_bytes = 80
local outsider = 65535

-- A client has no id; it is known by its boot. Before it knows who is there, it greets whoever is.
local function name_of(id, boot)
  if id ~= outsider then return tostring(id) end
  if boot == 0 then return "anyone" end
  return string.format("client %08x", boot)
end

local function dissect(buffer, pinfo, tree)
  if buffer:len() < header_bytes or buffer(0, 2):uint() ~= 0x524c or buffer(2, 1):uint() ~= 3 then return 0 end
  local kind, fragments = buffer(19, 1):uint(), buffer(62, 2):uint()
  local name = kinds[kind] or ("kind " .. kind)
  pinfo.cols.protocol = "RaftLab"
  pinfo.cols.info = string.format("%s %s -> %s", name,
    name_of(buffer(36, 2):uint(), buffer(40, 4):uint()), name_of(buffer(38, 2):uint(), buffer(44, 4):uint()))
  if fragments > 1 then pinfo.cols.info:append(string.format(" (part %d of %d)", buffer(60, 2):uint(), fragments)) end
  local t = tree:add(raftlab, buffer(), "Raft Lab, " .. name)
  t:add(f.version, buffer(2, 1))
  t:add(f.tag, buffer(3, 16))
  t:add(f.kind, buffer(19, 1))
  t:add(f.cluster, buffer(20, 16))
  t:add(f.sender, buffer(36, 2))
  t:add(f.receiver, buffer(38, 2))
  t:add(f.boot, buffer(40, 4))
  t:add(f.receiver_boot, buffer(44, 4))
  t:add(f.datagram, buffer(48, 6))
  t:add(f.lamport, buffer(54, 6))
  t:add(f.fragment, buffer(60, 2))
  t:add(f.fragments, buffer(62, 2))
  t:add(f.uuid, buffer(64, 16))
  local offset = header_bytes
  if kind == 130 and buffer:len() > offset + 8 then
    t:add(f.message, buffer(offset, 6))
    t:add(f.held_count, buffer(offset + 6, 2))
    t:add(f.held_bits, buffer(offset + 8))
    return buffer:len()
  end
  if fragments > 1 and buffer:len() >= offset + 16 then
    t:add(f.message, buffer(offset, 6))
    t:add(f.total, buffer(offset + 6, 4))
    t:add(f.round, buffer(offset + 10, 6))
    offset = offset + 16
  end
  if buffer:len() > offset then
    local body = t:add(f.body, buffer(offset))
    if buffer(60, 2):uint() == 0 then add_first_fields(kind, buffer, offset, body) end
  end
  return buffer:len()
end

function raftlab.dissector(buffer, pinfo, tree)
  return dissect(buffer, pinfo, tree)
end

raftlab:register_heuristic("udp", function(buffer, pinfo, tree)
  return dissect(buffer, pinfo, tree) > 0
end)
