package org.dl4jsnn.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's server, queried by clients that are not browsers. */
@Timeout(30)
class LiveServerTest {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_MILLIS = 20_000;

  private LiveServer server;

  @BeforeEach
  void start() throws IOException {
    server = LiveServer.start(InetAddress.getByName(LOOPBACK), 0, () -> "<p>page</p>");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Socket connect(LiveServer server) throws IOException {
    Socket socket = new Socket(LOOPBACK, URI.create(server.address()).getPort());
    // An interrupt would not end the wait for an answer.
    socket.setSoTimeout(MOST_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The status of an answer. */
  private static String status(LiveServer server, String method, String headers)
      throws IOException {
    try (Socket socket = connect(server)) {
      send(socket, method + " / HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine()
          .split(" ")[1];
    }
  }

  /** Clients that send half of a request, and wait. */
  private List<Socket> unfinished(int clients) throws IOException {
    List<Socket> unfinished = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      unfinished.add(connect(server));
      send(unfinished.get(i), i % 2 == 0 ? "G" : "GET / HTTP/1.1\r\nHost: 127");
    }
    return unfinished;
  }

  private static boolean isOpen(Socket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void shouldAnswerAtOnceWhileManyDoNotFinishTheirRequests() throws IOException {
    List<Socket> unfinished = unfinished(100);
    try {
      assertEquals("200", status(server, "GET", "Host: localhost\r\n"));
      // It did not wait for the end of those before it, whose last one has not ended.
      assertTrue(isOpen(unfinished.get(unfinished.size() - 1)));
    } finally {
      close(unfinished);
    }
  }

  @Test
  void shouldEndRequestsThatAreNotFinished() throws IOException {
    List<Socket> unfinished = unfinished(2);
    try {
      for (Socket socket : unfinished) {
        assertEquals(-1, socket.getInputStream().read());
      }
    } finally {
      close(unfinished);
    }
  }

  /** A website may give its own name the address 127.0.0.1, and would then be answered. */
  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LocalHost:9001, 200",
    "127.0.0.1:9001, 200",
    "127.1.2.3, 200",
    "[::1]:9001, 200",
    "evil.example, 403",
    "evil.example:9001, 403",
    "localhost.evil.example, 403",
    "127.0.0.1.evil.example, 403",
    "evil.example#localhost, 403",
    "'', 403"
  })
  void shouldAnswerOnlyRequestsForThisMachine(String host, String status) throws IOException {
    assertEquals(status, status(server, "GET", "Host: " + host + "\r\n"));
  }

  @Test
  void shouldOnlyBeRead() throws IOException {
    assertEquals("405", status(server, "POST", "Host: localhost\r\nContent-Length: 0\r\n"));
  }

  @Test
  void shouldAnswerEveryNameWhereOtherMachinesMayAsk() throws IOException {
    try (LiveServer open = LiveServer.start(InetAddress.getByName("0.0.0.0"), 0, () -> "page")) {
      assertEquals("200", status(open, "GET", "Host: camera.example\r\n"));
    }
  }
}
