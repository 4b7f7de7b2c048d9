import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import org.springframework.http.ResponseEntity;

/** Stands for Spring: calls the controller for what is posted to its two paths. */
public final class Main {
  public static void main(String[] arguments) throws Exception {
    ForwardedPushes controller = new ForwardedPushes();
    int port = Integer.parseInt(System.getenv("RELAY_PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      ResponseEntity<byte[]> answer =
          path.startsWith("/biz/") ? controller.message(path.substring(5), body) : controller.component(body);
      if (answer.type() != null) exchange.getResponseHeaders().set("content-type", answer.type());
      exchange.sendResponseHeaders(answer.getStatusCodeValue(), answer.getBody().length == 0 ? -1 : answer.getBody().length);
      exchange.getResponseBody().write(answer.getBody());
      exchange.close();
    });
    server.start();
  }
}
