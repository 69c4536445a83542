package org.dl4jsnn.examples.notebook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

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
