package org.dl4jsnn.examples.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.dl4jsnn.examples.support.ThisMachine;
import org.dl4jsnn.examples.support.UserError;

/**
 * Serves one page, as it is at the moment. A client that does not finish its request keeps one of a
 * few threads. Requests must name {@link ThisMachine}.
 */
final class LiveServer implements AutoCloseable {

  /** What the page needs is in it; nothing else may be asked for. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " connect-src 'self'";

  private static final int THREADS = 4;

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;

  private final HttpServer server;
  private final ExecutorService executor;
  private final Supplier<String> page;

  private LiveServer(HttpServer server, Supplier<String> page) {
    this.server = server;
    this.page = page;
    executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "live page");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(executor);
    server.createContext("/", this::answer);
  }

  /**
   * Starts it.
   *
   * @param address of this machine
   * @param port 0: any that is free
   * @param page makes the page; called by several threads at once
   * @throws UserError if it cannot listen there
   */
  static LiveServer start(InetAddress address, int port, Supplier<String> page) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
      LiveServer started = new LiveServer(server, page);
      server.start();
      return started;
    } catch (IOException e) {
      throw new UserError(
          "Cannot listen on port "
              + port
              + ": "
              + e.getMessage()
              + ". Possible cause: another program listens there; --port 0 takes one that is free",
          e);
    }
  }

  /** Where the page is. */
  String address() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isAskedByItsName(exchange)) {
        exchange.sendResponseHeaders(FORBIDDEN, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
      } else if (!exchange.getRequestURI().getPath().equals("/")) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else {
        byte[] bytes = page.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(OK, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private boolean isAskedByItsName(HttpExchange exchange) {
    return ThisMachine.mayBeAsked(
        server.getAddress().getAddress(), exchange.getRequestHeaders().getFirst("Host"));
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
