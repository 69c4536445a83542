package org.dl4jsnn.examples.notebook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The sockets of a kernel, from the side of its user. */
final class Wire implements AutoCloseable {

  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int PARTS = 4;

  private final ZContext context = new ZContext();
  private final String session = UUID.randomUUID().toString();
  private final Mac signature;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket published;
  private final int heartbeat;

  Wire(Connection connection) {
    try {
      signature = Mac.getInstance("HmacSHA256");
      byte[] key = connection.key().getBytes(StandardCharsets.UTF_8);
      signature.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC with SHA-256", e);
    }
    context.setLinger(0);
    shell = connected(SocketType.DEALER, connection.shell());
    control = connected(SocketType.DEALER, connection.control());
    heartbeat = connection.heartbeat();
    published = connected(SocketType.SUB, connection.iopub());
    published.subscribe(new byte[0]);
  }

  private ZMQ.Socket connected(SocketType type, int port) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.connect("tcp://" + Connection.HOST + ":" + port);
    return socket;
  }

  /** Whether the kernel's heartbeat answers in time. */
  boolean beats(Duration patience) {
    try (ZMQ.Socket socket = connected(SocketType.REQ, heartbeat)) {
      socket.setReceiveTimeOut((int) patience.toMillis());
      socket.send("beat");
      return socket.recv() != null;
    }
  }

  /** Sends a request; returns its identifier. */
  String request(String type, ObjectNode content) throws IOException {
    return send(shell, type, content);
  }

  /** Asks the kernel to end. */
  void shutDown() throws IOException {
    send(control, "shutdown_request", Notebook.JSON.createObjectNode().put("restart", false));
  }

  /** The answer to a request, or null if none comes in time; drops those to earlier ones. */
  Message answer(String request, Duration patience) throws IOException {
    Message message = receive(shell, patience);
    while (message != null && !message.parent().equals(request)) {
      message = receive(shell, patience);
    }
    return message;
  }

  /** The next message for everyone, or null if there is none in time. */
  Message published(Duration patience) throws IOException {
    return receive(published, patience);
  }

  private String send(ZMQ.Socket socket, String type, ObjectNode content) throws IOException {
    String id = UUID.randomUUID().toString();
    ObjectNode header = Notebook.JSON.createObjectNode();
    header.put("msg_id", id).put("session", session).put("username", "test");
    header.put("date", OffsetDateTime.now(ZoneOffset.UTC).toString());
    header.put("msg_type", type).put("version", "5.3");
    List<byte[]> parts = new ArrayList<>();
    for (JsonNode part :
        List.of(
            header, Notebook.JSON.createObjectNode(), Notebook.JSON.createObjectNode(), content)) {
      parts.add(Notebook.JSON.writeValueAsBytes(part));
    }
    socket.sendMore(DELIMITER);
    socket.sendMore(sign(parts));
    for (int i = 0; i < PARTS; i++) {
      socket.send(parts.get(i), i < PARTS - 1 ? ZMQ.SNDMORE : 0);
    }
    return id;
  }

  private Message receive(ZMQ.Socket socket, Duration patience) throws IOException {
    socket.setReceiveTimeOut((int) patience.toMillis());
    byte[] part = socket.recv();
    if (part == null) {
      return null;
    }
    List<byte[]> parts = new ArrayList<>(List.of(part));
    while (socket.hasReceiveMore()) {
      parts.add(socket.recv());
    }
    int start = 0;
    while (!Arrays.equals(parts.get(start), DELIMITER)) {
      start++;
    }
    List<byte[]> signed = parts.subList(start + 2, start + 2 + PARTS);
    String expected = sign(signed);
    if (!expected.equals(new String(parts.get(start + 1), StandardCharsets.US_ASCII))) {
      throw new IOException("A message of the kernel has a wrong signature");
    }
    return new Message(
        Notebook.JSON.readTree(signed.get(0)).get("msg_type").asText(),
        Notebook.JSON.readTree(signed.get(1)).at("/msg_id").asText(),
        Notebook.JSON.readTree(signed.get(3)));
  }

  private String sign(List<byte[]> parts) {
    parts.forEach(signature::update);
    return HexFormat.of().formatHex(signature.doFinal());
  }

  @Override
  public void close() {
    context.close();
  }

  /**
   * A message of Jupyter's protocol.
   *
   * @param type its name
   * @param parent the identifier of the request that it belongs to, or an empty text
   * @param content what it says
   */
  record Message(String type, String parent, JsonNode content) {

    boolean isIdle() {
      return type.equals("status") && content.at("/execution_state").asText().equals("idle");
    }
  }

  /**
   * Where a kernel listens.
   *
   * @param key that messages are signed with
   */
  record Connection(int shell, int iopub, int stdin, int control, int heartbeat, String key) {

    static final String HOST = "127.0.0.1";

    /** Ports that are free now. */
    static Connection free() throws IOException {
      List<ServerSocket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 5; i++) {
          sockets.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
        }
        int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        String key = UUID.randomUUID().toString();
        return new Connection(ports[0], ports[1], ports[2], ports[3], ports[4], key);
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
    }

    /** Whether something listens at every port. */
    boolean isOpen() {
      for (int port : new int[] {shell, iopub, stdin, control, heartbeat}) {
        try {
          new Socket(HOST, port).close();
        } catch (IOException e) {
          return false;
        }
      }
      return true;
    }

    void writeTo(Path file) throws IOException {
      ObjectNode json = Notebook.JSON.createObjectNode();
      json.put("transport", "tcp").put("ip", HOST);
      json.put("shell_port", shell).put("iopub_port", iopub).put("stdin_port", stdin);
      json.put("control_port", control).put("hb_port", heartbeat);
      json.put("signature_scheme", "hmac-sha256").put("key", key);
      Notebook.JSON.writeValue(file.toFile(), json);
    }
  }
}
