#include "real/tracer/ptrace/requests.h"

#include <utility>

namespace cutaway::real {

void Requests::post(Work work) {
  const std::lock_guard<std::mutex> lock(mutex_);
  items_.push_back(std::make_shared<Item>());
  items_.back()->work = std::move(work);
  if (open_) ring_();
}

Status Requests::ask(Work work) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (!open_) return fail(ErrorCode::Failed, "the tracer does not run");
  const auto item = std::make_shared<Item>();
  item->work = std::move(work);
  items_.push_back(item);
  ring_();
  changed_.wait(lock, [&] { return item->done; });
  return item->status;
}

void Requests::serve() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!items_.empty()) {
    const std::shared_ptr<Item> item = items_.front();
    items_.pop_front();
    lock.unlock();
    Status status = item->work();
    lock.lock();
    item->status = std::move(status);
    item->done = true;
    changed_.notify_all();
  }
}

void Requests::open() {
  const std::lock_guard<std::mutex> lock(mutex_);
  open_ = true;
}

bool Requests::is_open() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return open_;
}

void Requests::close() {
  const std::lock_guard<std::mutex> lock(mutex_);
  open_ = false;
  for (const std::shared_ptr<Item>& item : items_) {
    item->status = fail(ErrorCode::Failed, "the tracer has ended");
    item->done = true;
  }
  items_.clear();
  changed_.notify_all();
}

}  // namespace cutaway::real
